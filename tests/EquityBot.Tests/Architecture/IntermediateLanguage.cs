using System.Reflection;
using System.Reflection.Emit;

namespace EquityBot.Tests.Architecture;

/// <summary>Reads what a method's body calls, reads and makes.</summary>
static class IntermediateLanguage
{
    static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types in the operands of the body, and those of the members in them.</summary>
    public static IEnumerable<Type> Mentions(MethodBase method) => Members(method).SelectMany(member => member switch
    {
        Type type => [type],
        MethodBase called => Assemblies.Signature(called).Append(called.DeclaringType!).Concat(called.IsGenericMethod ? called.GetGenericArguments() : []),
        FieldInfo field => [field.FieldType, field.DeclaringType!],
        _ => Enumerable.Empty<Type>(),
    });

    /// <summary>The members in the operands of the body.</summary>
    public static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)(code[at] << 8 | code[at + 1]) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            var operation = OpCodesByValue[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            }

            at += Size(operation.OperandType, code, at);
        }
    }

    static int Size(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
