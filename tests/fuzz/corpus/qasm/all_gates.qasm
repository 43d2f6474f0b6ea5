qubit[5] q;
u2(1,2) q[0]; u3(1,2,3) q[1]; cu(1,2,3,4) q[0], q[1]; cu3(1,2,3) q[2], q[3]; ecr q[0], q[1]; iswap q[1], q[2]; pswap(1) q[0], q[4]; gpi(1) q[0]; gpi2(2) q[1]; rccx q[0], q[1], q[2]; rc3x q[0], q[1], q[2], q[3]; c4x q[0], q[1], q[2], q[3], q[4]; ryy(1) q[0], q[1]; rzx(2) q[0], q[1]; dcx q[3], q[4]; cswap q[0], q[1], q[2];
