using Microsoft.Extensions.Options;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Which part of a task a response contains: a page of its steps, and inline values up to a number of bytes.</summary>
/// <param name="Root">The address of the task.</param>
/// <param name="After">Only steps after this one; 0 for all.</param>
/// <param name="Limit">The most steps.</param>
/// <param name="InlineBytes">The most bytes of inline values.</param>
internal sealed record TaskWindow(string Root, int After, int Limit, int InlineBytes)
{
    /// <summary>The window of a request.</summary>
    public static TaskWindow Of(HttpContext context, string root, int? after = null, int? limit = null)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value;
        return new TaskWindow(root, after ?? 0, limit ?? options.StepPageSize, options.MaxTaskValueBytes);
    }

    public static string RootOf(Guid id) => $"{ApiRoutes.Api}/tasks/{id}";

    /// <summary>The steps of the window, and the step after which the next page starts; null at the end.</summary>
    public (IEnumerable<StepView> Steps, int? Next) Steps(TaskView task)
    {
        // Steps are numbered from 1 without a gap.
        var from = Math.Min(After, task.Steps.Length);
        var to = Math.Min(from + (long)Limit, task.Steps.Length);
        return (task.Steps.Skip(from).Take((int)to - from), to < task.Steps.Length ? (int)to : null);
    }
}
