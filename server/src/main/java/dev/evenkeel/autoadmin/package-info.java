/// Autoadmin: independent loops that bring the region to the state that the catalogue asks for.
///
/// A request changes the catalogue and is answered; what follows from it happens here. Each
/// [Reconciler] looks again and again for tables that are not yet as they should be, and takes each
/// one step further:
///
/// | status   | step                                     | then     |
/// |----------|------------------------------------------|----------|
/// | CREATING | make the table's partition               | ACTIVE   |
/// | UPDATING | put the pending capacity into force      | ACTIVE   |
/// | DELETING | drop the partition with all that it held | gone     |
///
/// Invariant: a step can be repeated, and done by two nodes at once, without harm; so a crash
/// anywhere in it is healed by the next look after the restart. There is no other state than the
/// catalogue's items.
///
/// A loop looks when the catalogue changed, and after a pause when a step failed; a failed step
/// holds up no other table. Loops run on virtual threads of the environment.
///
/// Not here yet: healing, splitting, balancing.
@NullMarked
package dev.evenkeel.autoadmin;

import org.jspecify.annotations.NullMarked;
