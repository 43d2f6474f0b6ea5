const float x = 2 ** 0.5 * exp(-1.5e-1) + .5;
const uint[8] u = 0b1010_0101;
const bit[4] b = "0110";
const angle[6] a = 5*pi/8;
const int k = int(rotl(b, 2)) + popcount(u) - (7 / 2) % 3 << 1;
const bool t = u[0] == 1 || x < -k;
qubit q;
rx(a + x * k) q;
p(-a / 2) q;
