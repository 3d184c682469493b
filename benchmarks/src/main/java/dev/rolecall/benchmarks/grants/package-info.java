/**
 * A measurement of access for a time on whole systems: how soon a revoked grant ends streams, and
 * how exactly streams end by time.
 */
@NullMarked
package dev.rolecall.benchmarks.grants;

import org.jspecify.annotations.NullMarked;
