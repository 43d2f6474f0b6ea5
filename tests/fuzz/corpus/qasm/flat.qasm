OPENQASM 3.1;
include "stdgates.inc";
qubit[4] q;
bit[4] c;
h q[0];
cx q[0], q[1];
rz(0.25) q[2];
cp(pi/8) q[2], q[3];
c = measure q;
