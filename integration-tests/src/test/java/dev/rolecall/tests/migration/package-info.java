/** A fleet moves to Rolecall without one refused call. */
@NullMarked
package dev.rolecall.tests.migration;

import org.jspecify.annotations.NullMarked;
