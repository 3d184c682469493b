/** Tests of the reader of rules, of the followed file, and of cases. */
@NullMarked
package dev.rolecall.service.rules.document;

import org.jspecify.annotations.NullMarked;
