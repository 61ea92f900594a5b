package org.votingapp.organiser.form;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.TreeMap;

/** Checks forms. */
@ApplicationScoped
public class Forms {

    private Validator validator;

    /** For CDI. */
    protected Forms() {}

    /** Checks by this validator. */
    @Inject
    public Forms(Validator validator) {
        this.validator = validator;
    }

    /**
     * What is wrong with a form.
     *
     * @return keys of the bundle {@code organiser}, by the field that each is about, such as {@code options[2]}
     */
    public Map<String, String> faults(Object form) {
        Map<String, String> faults = new TreeMap<>();
        for (ConstraintViolation<Object> violation : validator.validate(form)) {
            faults.putIfAbsent(field(violation.getPropertyPath().toString()), violation.getMessage());
        }
        return faults;
    }

    /** {@code options[2]} for {@code options[2].<list element>}. */
    private static String field(String path) {
        return path.replaceFirst("\\.<.*$", "");
    }
}
