package org.votingapp.organiser.form;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.votingapp.poll.PartReader;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;

/** Text that {@link PollParts} can read. An empty time is none, and right. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Readable.Validator.class)
public @interface Readable {

    /** What it is. */
    enum Part {
        /** A language tag. */
        LANGUAGE(PollParts::language),
        /** What a further vote does. */
        REVOTE(PollParts::revote),
        /** Who sees the result when. */
        RESULTS(PollParts::results),
        /** A time. */
        TIME(written -> written.isEmpty() ? written : PollParts.time(written));

        private final PartReader<?> reader;

        Part(PartReader<?> reader) {
            this.reader = reader;
        }
    }

    /** The key of the sentence for people, in the bundle {@code organiser}. */
    String message();

    /** As Bean Validation requires. */
    Class<?>[] groups() default {};

    /** As Bean Validation requires. */
    Class<? extends Payload>[] payload() default {};

    /** What the text is. */
    Part value();

    /** Asks {@link PollParts}. */
    final class Validator implements ConstraintValidator<Readable, String> {

        private Part part;

        @Override
        public void initialize(Readable constraint) {
            part = constraint.value();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            if (text == null) {
                return false;
            }
            try {
                part.reader.read(text);
                return true;
            } catch (PollPartException wrong) {
                return false;
            }
        }
    }
}
