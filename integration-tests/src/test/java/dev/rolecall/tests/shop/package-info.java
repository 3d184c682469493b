/**
 * The tests that a user of Rolecall would write: the pages about tests show their lines. Nothing
 * here is shared with the tests of Rolecall itself.
 */
@NullMarked
package dev.rolecall.tests.shop;

import org.jspecify.annotations.NullMarked;
