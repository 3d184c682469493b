/**
 * Tests of policies as texts: the samples, the pages and the JSON Schemas agree with the reader.
 */
@NullMarked
package dev.rolecall.tests.policies;

import org.jspecify.annotations.NullMarked;
