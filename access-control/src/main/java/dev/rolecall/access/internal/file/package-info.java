/**
 * Files that grow: their end, their rotation, the last line in them. Depends on no other package of
 * this module.
 */
@NullMarked
package dev.rolecall.access.internal.file;

import org.jspecify.annotations.NullMarked;
