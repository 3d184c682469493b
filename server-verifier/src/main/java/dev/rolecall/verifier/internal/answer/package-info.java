/**
 * Reads an answer of STS strictly or not at all: {@link
 * dev.rolecall.verifier.internal.answer.AnswerReader} reads the response, and {@link
 * dev.rolecall.verifier.internal.answer.Signer} the principal that it names.
 *
 * <p>Internal: not exported. Asks nothing; works on bytes alone. A body may echo the session token,
 * and reaches no log, message or {@code toString}.
 */
@NullMarked
package dev.rolecall.verifier.internal.answer;

import org.jspecify.annotations.NullMarked;
