/**
 * The rules once more, written from {@code docs/protocol.md} and the README with plain loops over
 * characters. Nothing here may use a class of the modules that are judged.
 */
@NullMarked
package dev.rolecall.fuzz.judge;

import org.jspecify.annotations.NullMarked;
