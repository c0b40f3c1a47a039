/**
 * First and last names that are common in Latin America, without accents. Only used to settle words that are also something
 * else: with "Rosa" before it, "Factura" is a surname.
 */
export const FAMILIAR_NAMES: ReadonlySet<string> = new Set(
	`aaron abel abril acosta adriana agudelo agustin aguilar aguirre alba alberto alejandra alejandro alfonso alfredo alicia
	alonso alvarez alvaro amparo ana andrea andres angel angela angelica angie antonio arango arboleda arias arturo avila
	ayala barrera barrios bautista beatriz becerra beltran benavides benjamin bernal bernardo betancur blanca bolivar brayan
	bravo buitrago bustos caballero caceres calderon camargo camila camilo cano cardenas cardona carlos carmen carolina
	carrillo carvajal castaneda castano castellanos castillo castro catalina cecilia celis cesar chacon chavez claudia
	consuelo contreras cordoba correa cortes cristian cristina cruz cuellar daniel daniela danilo dario david dayana deisy
	diana diaz diego dora duarte duque echeverri edgar edison eduardo edwin elena eliana elias elizabeth elsa emilia emilio
	enrique erika ernesto escobar esperanza espinosa esteban esther fabian fabio felipe fernanda fernandez fernando florez
	fonseca forero francisco franco fredy gabriel gabriela galindo galvis garcia garzon german gilberto giraldo giovanni
	gil gladys gloria gomez gonzalez gonzalo guerrero guillermo gustavo gutierrez guzman harold hector henao henry hernan
	hernandez herrera hoyos hugo humberto hurtado ignacio ines ingrid isabel isabella ivan jaime jairo jaramillo javier
	jennifer jeronimo jessica jesus jhon jimenez joaquin john johan johana jonathan jorge jose josefina juan juana juliana
	julian juliana julieta julio karen karina katherine kevin laura leidy leon leonardo leonor lilia liliana lina londono
	lopez lorena lorenzo lozano lucas lucero lucia luis luisa luz magda manuel manuela marcela marcos margarita maria
	mariana mariano maribel maricela marin mario marisol marlon marta martha martin martinez mateo mateus matias mauricio
	mejia melissa mendez mendoza mercedes mesa miguel miriam molina monica monroy montoya mora morales moreno mosquera munoz
	murillo nancy narvaez natalia navarro nelson nestor nicolas nidia nieto nina nora norma nubia ocampo ochoa olga omar
	orozco ortega ortiz oscar osorio ospina otero oviedo pablo pacheco padilla paez palacio palacios paola pardo parra
	patricia patino paula paulo pedraza pedro pena perez pilar pineda pinto pinzon plata ponce prada prieto puerta quintero
	rafael ramirez ramiro ramon ramos raul rebeca renteria restrepo reyes ricardo rico rincon rios rivas rivera robert
	roberto robinson rocio rodrigo rodriguez rojas roldan roman romero ronald rosa rosario rubiela rubio ruben rueda ruiz
	salamanca salazar salcedo salinas samuel sanabria sanchez sandra santana santiago santos sara sebastian serna serrano
	sergio sierra silva silvia simon sofia solano soledad sonia sosa soto stella suarez susana tamayo tatiana tellez teresa
	tobon tomas torres trujillo uribe valbuena valderrama valencia valentina valeria vanessa vargas vasquez vega velasco
	velasquez velez veronica vicente victor victoria villa villalobos villegas viviana walter wilfredo william wilmar wilson
	ximena yamile yeison yesenia yolanda zambrano zapata zuluaga`
		.split(/\s+/)
		.filter((name) => name !== ''),
);
