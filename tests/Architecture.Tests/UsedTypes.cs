using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Orkestron.Architecture.Tests;

/// <summary>All types that a type uses, of its own assembly: bases, signatures, fields, attributes and method bodies, with those
/// of its nested types. A constant of another type leaves no trace in compiled code and is not seen.</summary>
internal static class UsedTypes
{
    public static IEnumerable<TypeDefinition> Of(TypeDefinition type) => References(type)
        .SelectMany(static reference => Parts(reference))
        .Where(reference => ReferenceEquals(reference.Scope, type.Module))
        .Select(static reference => reference.Resolve())
        .OfType<TypeDefinition>()
        .Distinct();

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(static each => each.InterfaceType),
        .. Attributes(type),
        .. type.GenericParameters.SelectMany(Constraints),
        .. type.Fields.SelectMany(static each => Attributes(each).Append(each.FieldType)),
        .. type.Properties.SelectMany(static each => Attributes(each).Append(each.PropertyType)),
        .. type.Events.SelectMany(static each => Attributes(each).Append(each.EventType)),
        .. type.Methods.SelectMany(Method),
        .. type.NestedTypes.SelectMany(References),
    ];

    private static IEnumerable<TypeReference?> Method(MethodDefinition method) =>
    [
        method.ReturnType,
        .. Attributes(method),
        .. method.Parameters.SelectMany(static each => Attributes(each).Append(each.ParameterType)),
        .. method.GenericParameters.SelectMany(Constraints),
        .. method.HasBody ? Body(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> Body(MethodBody body) =>
    [
        .. body.Variables.Select(static each => each.VariableType),
        .. body.ExceptionHandlers.Select(static each => each.CatchType),
        .. body.Instructions.SelectMany(static each => Operand(each.Operand)),
    ];

    private static IEnumerable<TypeReference?> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. method.GenericArguments, .. Operand(method.ElementMethod)],
        MethodReference method =>
            [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(static each => each.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(static each => each.ConstraintType);

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(static each => each.ConstructorArguments
            .Concat(each.Properties.Select(static property => property.Argument))
            .SelectMany(Argument)
            .Append(each.AttributeType));

    private static IEnumerable<TypeReference?> Argument(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [type],
        CustomAttributeArgument inner => Argument(inner),
        CustomAttributeArgument[] many => many.SelectMany(Argument),
        _ => [argument.Type],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
