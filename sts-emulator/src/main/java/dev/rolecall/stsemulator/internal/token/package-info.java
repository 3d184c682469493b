/**
 * The signed tokens of an issuer: its keys, its documents, its JSON. Knows neither HTTP nor
 * principals.
 */
@NullMarked
package dev.rolecall.stsemulator.internal.token;

import org.jspecify.annotations.NullMarked;
