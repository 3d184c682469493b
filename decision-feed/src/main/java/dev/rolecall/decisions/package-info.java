/**
 * Keeps what a guarded server decided, and gives it to those whom its policy lets read it: {@link
 * dev.rolecall.decisions.DecisionFeed}. The package takes the engine's records, and knows no guard
 * and no scheme.
 */
@NullMarked
package dev.rolecall.decisions;

import org.jspecify.annotations.NullMarked;
