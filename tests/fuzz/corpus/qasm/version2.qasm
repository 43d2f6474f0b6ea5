OPENQASM 2.0;
include "qelib1.inc";
gate pair(t) a, b { u1(t/2) a; cx a, b; u3(1/2*pi, t^2, -t) b; }
qreg q[3];
creg c[3];
pair(0.3) q[0], q[2];
barrier q;
measure q -> c;
