qubit[4] a;
qubit[3] b;
let all = a[0:2:3] ++ b;
let last = all[-2:-1];
h last;
cx a[{0, 2}], b[0:1];
swap all[0], all[1];
x a[:1];
y a[2:];
