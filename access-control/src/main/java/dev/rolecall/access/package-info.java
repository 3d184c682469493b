/**
 * Judges calls: {@link dev.rolecall.access.AccessControl} takes a credential to a caller and to a
 * decision, remembers and records it, and answers with an {@link dev.rolecall.access.Outcome} that
 * a door acts on. Knows no transport and no scheme.
 */
@NullMarked
package dev.rolecall.access;

import org.jspecify.annotations.NullMarked;
