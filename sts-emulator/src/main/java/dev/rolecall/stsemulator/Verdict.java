package dev.rolecall.stsemulator;

import java.util.Optional;

/**
 * What became of one request.
 *
 * @param action what it asked for
 * @param refusal the code it was refused with; empty when it was answered
 * @param answer the true answer
 */
record Verdict(StsAction action, Optional<StsErrorCode> refusal, Answer answer) {}
