qubit q;
bit c;
c = measure q;
if (c) x q;
def f(int a) -> int { return a; }
