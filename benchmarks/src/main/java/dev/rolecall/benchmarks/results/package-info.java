/**
 * The published part of a run: the page of results, and the table and the picture made from it.
 * Entry: {@link dev.rolecall.benchmarks.results.Publication}.
 */
@NullMarked
package dev.rolecall.benchmarks.results;

import org.jspecify.annotations.NullMarked;
