include "stdgates.inc";
const int n = 3;
gate layer(t) a, b { for int i in [1:n] { ry(t*i) a; ctrl @ rz(sin(t)) a, b; } gphase(t); }
gate twice(t, s) a, b, c { layer(t) a, b; inv @ layer(s) b, c; }
qubit[3] q;
twice(0.1, 0.2) q[0], q[1], q[2];
ctrl @ layer(0.5) q[2], q[0], q[1];
