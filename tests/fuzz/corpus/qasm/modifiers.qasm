include "stdgates.inc";
qubit[5] q;
ctrl(2) @ negctrl @ h q[0], q[1], q[2], q[3];
inv @ pow(3) @ t q[4];
pow(0.5) @ x q[0];
pow(-2) @ ctrl @ U(1, 2, 3) q[1], q[2];
ctrl @ gphase(pi/3) q[0];
