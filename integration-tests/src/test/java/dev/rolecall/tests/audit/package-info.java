/** Audit files: the lines of the engine, held against the commands that check them. */
@NullMarked
package dev.rolecall.tests.audit;

import org.jspecify.annotations.NullMarked;
