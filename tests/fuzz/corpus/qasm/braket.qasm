OPENQASM 3.0;
input float t;
bit[2] b;
qubit[2] q;
#pragma braket verbatim
box {
prx(t, 0.5) q[0];
ms(0.1, 0.2, t) q[0], q[1];
}
cphaseshift01(t) q[0], q[1];
xy(t) q[0], q[1];
b[0] = measure q[0];
measure q[1];
