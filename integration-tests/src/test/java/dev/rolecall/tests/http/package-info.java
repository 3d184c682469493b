/**
 * Plain HTTP behind access-control, as {@code docs/http.md} shows it: a door, the JDK's server, a
 * servlet filter and a client.
 */
@NullMarked
package dev.rolecall.tests.http;

import org.jspecify.annotations.NullMarked;
