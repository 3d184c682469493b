/**
 * Fuzz targets and what runs them: {@link dev.rolecall.fuzz.FuzzTarget} lists what is fuzzed,
 * {@link dev.rolecall.fuzz.CorpusTest} tries the corpus on any JVM, {@link
 * dev.rolecall.fuzz.GuidedRunTest} and {@link dev.rolecall.fuzz.LongRun} let Jazzer go on from it.
 */
@NullMarked
package dev.rolecall.fuzz;

import org.jspecify.annotations.NullMarked;
