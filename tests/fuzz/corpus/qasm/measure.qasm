qubit[3] q;
bit a;
bit[2] b = measure q[0:1];
measure q[2] -> a;
