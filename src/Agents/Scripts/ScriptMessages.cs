using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Orkestron.Agents.Cards;

namespace Orkestron.Agents.Scripts;

[Display(Name = "Script to run")]
internal sealed record ScriptInput(
    [Display(Name = "Code", Description = "JavaScript that defines function main(input) and returns a JSON value."), Required]
    [StringLength(ScriptCard.MaxCode, MinimumLength = 1), DataType(DataType.MultilineText)]
    [DefaultValue("function main(input) {\n  return input;\n}")]
    string? Code,

    [Display(Name = "Input", Description = "Any JSON value, given to main."), DefaultValue(null)]
    JsonElement? Input = null);

[Display(Name = "Result of the script")]
internal sealed record ScriptAnswer(
    [Display(Name = "Result", Description = "What main returned; null for undefined.")]
    JsonElement Result,

    [Display(Name = "Log", Description = "Lines of console.log."), MaxLength(ScriptLog.MaxLines), Items(MaxLength = ScriptLog.MaxLine)]
    IReadOnlyList<string> Log,

    [Display(Name = "Log truncated")]
    bool LogTruncated);
