/**
 * An answer of STS, from its fields to its bytes in XML or JSON. Knows neither HTTP exchanges nor
 * principals.
 */
@NullMarked
package dev.rolecall.stsemulator.internal.answer;

import org.jspecify.annotations.NullMarked;
