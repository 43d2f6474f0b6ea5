// Has no code: targets that exist for a precompiled header are made of it.
