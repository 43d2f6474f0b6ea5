qubit[6] q;
int sum = 0;
for int i in [0:5] { sum += i; if (i % 2 == 0) { x q[i]; } else rz(sum) q[i]; }
for uint k in {3, 1} { for int j in [k:-1:0] cnot q[j], q[5]; }
if (sum == 15 && !false) h q; else while (true) {}
