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

    [Theory]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "/b", "There is no such field.")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a", "There is no such field.")]
    [InlineData("""{"prefixItems":[{}],"items":false}""", """[1,2]""", "/1", "The list takes no more items.")]
    [InlineData("""{"minLength":1}""", "\"\"", "", "Value should be at least 1 character")]
    [InlineData("""{"minLength":2}""", "\"\"", "", "Value should be at least 2 characters")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "", "Value should be at most 1 character")]
    [InlineData("""{"minItems":1}""", "[]", "", "Value should have at least 1 item")]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", "", "Value should have at most 1 field")]
    public void Validate_WrongValue_IsToldInPlainWords(string schema, string json, string path, string message) => Assert.Equal(
        new FieldError(path, message), Assert.Single(SchemaCheck.Validate(Payload.Of(schema), Payload.Of(json))));

    [Fact]
    public void Fault_BrokenSchema_SaysWhatIsWrong()
    {
        Assert.Null(SchemaCheck.Fault(Schema));
        Assert.NotNull(SchemaCheck.Fault(Payload.Of("""{"type": 3}""")));
    }
}
