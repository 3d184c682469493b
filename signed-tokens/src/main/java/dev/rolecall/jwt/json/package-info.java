/**
 * JSON objects (RFC 8259) as immutable trees: read strictly and within bounds by {@link
 * dev.rolecall.jwt.json.JsonReading}, written by {@link dev.rolecall.jwt.json.JsonValue.Members}.
 * The only package of this module that uses Jackson.
 */
@NullMarked
package dev.rolecall.jwt.json;

import org.jspecify.annotations.NullMarked;
