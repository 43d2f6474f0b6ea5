// Has no test: it is here for its precompiled header.
