/**
 * Keeps what a guarded server decided, and gives it to those that its policy allows to read it:
 * {@link dev.rolecall.decisions.DecisionFeed}. The package takes the engine's records, and knows no
 * guard and no scheme.
 */
@NullMarked
package dev.rolecall.decisions;

import org.jspecify.annotations.NullMarked;
