/** Tests that the documents are true: snippets run, and each threat's test exists. */
@NullMarked
package dev.rolecall.tests.docs;

import org.jspecify.annotations.NullMarked;
