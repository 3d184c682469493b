/**
 * Rules about the shape of the code that no compiler enforces, over the compiled classes of every
 * module. Each fails when it finds nothing to look at; an exception from a rule is named in it,
 * with its reason, and no longer may be once it is not needed.
 */
@NullMarked
package dev.rolecall.tests.architecture;

import org.jspecify.annotations.NullMarked;
