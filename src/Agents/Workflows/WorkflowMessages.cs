using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestron.Agents.Workflows;

[Display(Name = "Plan and input")]
internal sealed record WorkflowInput(
    [Display(Name = "Plan", Description = "The steps, as JSON: see the examples and docs/workflows.md.")]
    JsonElement? Plan = null,

    [Display(Name = "Plan as YAML", Description = "The same as YAML, instead.")]
    [StringLength(WorkflowCard.MaxYaml, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Yaml = null,

    [Display(Name = "Input", Description = "What the plan refers to as /input.")]
    JsonElement? Input = null);

[Display(Name = "Answer of the plan"), JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record WorkflowAnswer([Display(Name = "Result")] JsonElement Result);
