package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;

/**
 * A problem of a policy's text, or a note on it.
 *
 * @param at the place of the value
 * @param code the kind of remark, a word that tools compare
 * @param message the value and what there is to say about it, on one line
 */
public record Remark(Place at, String code, String message) {}
