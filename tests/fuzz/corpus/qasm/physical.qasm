OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta_0;
gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; }
bit[2] c;
rz(theta_0) $5;
sx $5;
rzz(theta_0) $5, $3;
ecr $3, $5;
c[0] = measure $5;
c[1] = measure $3;
