/**
 * The HTTP side of the emulator: reads requests, has them judged, applies the planned {@link
 * dev.rolecall.stsemulator.internal.http.AnswerFault faults}, and sends the answers.
 */
@NullMarked
package dev.rolecall.stsemulator.internal.http;

import org.jspecify.annotations.NullMarked;
