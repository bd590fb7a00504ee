using Orkestron.Contracts.Tasks;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>A task's terms from requests and into answers.</summary>
internal static class TaskTermsMapping
{
    /// <summary>Checks the terms of a request.</summary>
    public static FieldChecks Terms(this FieldChecks checks, CreateTaskRequest body) =>
        checks.That("#/maxAttempts", body.MaxAttempts is null or >= 1, "This must be 1 or more.");

    /// <summary>The terms of a request; null when it asks for none.</summary>
    public static TaskTerms? ToTerms(this CreateTaskRequest body) => new TaskTerms { MaxAttempts = body.MaxAttempts }.OrNull();

    /// <summary>An answer with a task's terms.</summary>
    public static TaskDetail With(this TaskDetail detail, TaskTerms? terms) =>
        terms is null ? detail : detail with { MaxAttempts = terms.MaxAttempts };
}
