/** Tests of the parts of the feed. */
@NullMarked
package dev.rolecall.service.feed;

import org.jspecify.annotations.NullMarked;
