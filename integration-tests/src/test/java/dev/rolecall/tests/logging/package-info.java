/** The log of a process, by the settings that {@code docs/logging.md} shows. */
@NullMarked
package dev.rolecall.tests.logging;

import org.jspecify.annotations.NullMarked;
