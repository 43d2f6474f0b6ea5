OPENQASM 3.0;
input float[64] a;
input angle[32] b;
qubit[2] q;
ry(2*a + pi/2) q[0];
rz(-b) q[1];
rx(a - b/3) q;
U(a, b, 0.5) q[0];
