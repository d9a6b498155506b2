using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StreamKit.Architecture.Tests.Rooms;

/// <summary>
/// Lists what each type of an assembly names anywhere: in signatures, attributes, constraints and code. It sees through
/// lambdas, iterators and async methods, because the types the compiler makes for them are nested in their author.
/// A constant leaves no trace in the code that uses it, so <see cref="SourceUses"/> reads the sources as well.
/// </summary>
internal sealed class UseReader
{
    private readonly HashSet<TypeUse> _uses = [];
    private readonly TypeDefinition _user;

    private UseReader(TypeDefinition user) => _user = user;

    public static IReadOnlyCollection<TypeUse> Read(AssemblyDefinition assembly)
    {
        var uses = new HashSet<TypeUse>();
        foreach (TypeDefinition type in assembly.MainModule.Types)
        {
            var reader = new UseReader(type);
            reader.Visit(type);
            uses.UnionWith(reader._uses);
        }

        return uses;
    }

    private void Visit(TypeDefinition type)
    {
        Add(type.BaseType);
        Visit((ICustomAttributeProvider)type);
        Visit(type.GenericParameters);
        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            Add(implementation.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            Add(field.FieldType);
            Visit(field);
        }

        foreach (ICustomAttributeProvider member in type.Properties.Concat<ICustomAttributeProvider>(type.Events))
        {
            Visit(member);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            Visit(method);
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            Visit(nested);
        }
    }

    private void Visit(MethodDefinition method)
    {
        Visit((ICustomAttributeProvider)method);
        Visit(method.GenericParameters);
        Add(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
            Visit(parameter);
        }

        foreach (MethodReference overridden in method.Overrides)
        {
            Add(overridden.DeclaringType);
        }

        if (method.HasBody)
        {
            Visit(method.Body);
        }
    }

    private void Visit(MethodBody body)
    {
        foreach (VariableDefinition variable in body.Variables)
        {
            Add(variable.VariableType);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Add(handler.CatchType);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case MethodReference method:
                    Visit(method);
                    break;
                case FieldReference field:
                    Add(field.DeclaringType);
                    Add(field.FieldType);
                    break;
                case TypeReference type:
                    Add(type);
                    break;
                case CallSite site:
                    Visit(site);
                    break;
                default:
                    break;
            }
        }
    }

    private void Visit(MethodReference method)
    {
        string parameters = string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName));
        Add(method.DeclaringType, $"{method.Name}({parameters})");
        Visit((IMethodSignature)method);
        foreach (TypeReference argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
        {
            Add(argument);
        }
    }

    private void Visit(IMethodSignature signature)
    {
        Add(signature.ReturnType);
        foreach (ParameterDefinition parameter in signature.Parameters)
        {
            Add(parameter.ParameterType);
        }
    }

    private void Visit(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments
                .Concat(attribute.Properties.Select(property => property.Argument)))
            {
                Add(argument.Value as TypeReference);
            }
        }
    }

    private void Visit(IEnumerable<GenericParameter> parameters)
    {
        foreach (GenericParameterConstraint constraint in parameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(constraint.ConstraintType);
        }
    }

    private void Add(TypeReference? type, string? member = null)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case FunctionPointerType pointer:
                Visit(pointer);
                break;
            case GenericInstanceType generic:
                Add(generic.ElementType, member);
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Add(argument);
                }

                break;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType, member);
                break;
            default:
                TypeReference used = type;
                while (used.DeclaringType is not null)
                {
                    used = used.DeclaringType;
                }

                _uses.Add(new TypeUse(_user.Namespace, _user.FullName, used.Namespace, used.FullName, member));
                break;
        }
    }
}
