// comment
/* block
*/
qubit[2] q;
reset q;
@some.annotation with text { "
h q[0];
delay[100ns] q;
barrier;
pragma vendor.thing on
box[2dt] { nothing: ; }
