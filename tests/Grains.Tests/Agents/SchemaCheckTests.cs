using Orkestron.GrainInterfaces;
using Orkestron.Grains.Agents;

namespace Orkestron.Grains.Tests.Agents;

public sealed class SchemaCheckTests
{
    private static readonly Payload Schema = Payload.Of("""
        {
          "type": "object",
          "required": ["text"],
          "additionalProperties": false,
          "properties": {
            "text": { "type": "string", "maxLength": 5 },
            "count": { "type": "integer", "minimum": 1 }
          }
        }
        """);

    [Fact]
    public void Validate_FittingValue_HasNoErrors() =>
        Assert.Empty(SchemaCheck.Validate(Schema, Payload.Of("""{"text":"hello","count":2}""")));

    [Theory]
    [InlineData("""{"text":"too long"}""", "/text")]
    [InlineData("""{"text":"ok","count":0}""", "/count")]
    [InlineData("""{"text":"ok","other":1}""", "/other")]
    [InlineData("{}", "")]
    [InlineData("not json", "")]
    public void Validate_WrongValue_NamesTheField(string json, string path)
    {
        var errors = SchemaCheck.Validate(Schema, Payload.Of(json));

        Assert.Contains(errors, error => error.Path == path && error.Message.Length > 0);
    }

    [Fact]
    public void Fault_BrokenSchema_SaysWhatIsWrong()
    {
        Assert.Null(SchemaCheck.Fault(Schema));
        Assert.NotNull(SchemaCheck.Fault(Payload.Of("""{"type": 3}""")));
    }
}
