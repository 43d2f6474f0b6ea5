input float θ;
qubit φ;
rx(θ*π/τ) φ;
rz(ℇ) φ;
