/** Tests of the wiring of applications under test. */
@NullMarked
package dev.rolecall.spring.internal.testing;

import org.jspecify.annotations.NullMarked;
