/**
 * Answers of the console to its page: {@link dev.rolecall.cli.console.answer.Answer}, and the faces
 * of what failed. Depends on no other package of the console.
 */
@NullMarked
package dev.rolecall.cli.console.answer;

import org.jspecify.annotations.NullMarked;
