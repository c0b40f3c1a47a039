import { plain } from '../classifier/normalise';

const lettersOf = (text: string): string =>
	plain(text)
		.replace(/[^a-z0-9?\s]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

const QUESTION =
	/\?|^(?:(?:hola|buenas?|buenos|dias|tardes|noches|y|una pregunta|disculp\w+|por favor) )*(?:que|cual\w*|cuant\w+|como|donde|cuando|quien\w*|hacen|hay|tienen|manejan|venden|aceptan|reciben|puedo|pueden|se puede|sera que|how|where|what|when|do you|does|is there|onde|qual|quanto|voces)\b|\b(?:quisiera|quiero|me gustaria|necesito|queria) (?:saber|conocer|preguntar|averiguar)\b|\b(?:me (?:puede\w*|podria\w*|regala\w*)|pueden|podrian) (?:decir\w*|informar\w*|indicar\w*|confirmar\w*)\b/;

const ABOUT_ITEM =
	/\b(?:cuanto|cuanta|que) (?:me )?(?:vale\w*|cuesta\w*|cost\w+|sale\w*|valen|cobran|es el (?:precio|valor))\b|\b(?:precios?|valor|costo) (?:de|del|para|tiene\w*)\b|\b(?:que|cual es el|a que|el) (?:precio|valor|costo)\b|^(?:precio|valor|costo)\b|\b(?:precio|valor|costo)\s*\??$|\b(?:tiene[ns]?|hay|maneja[ns]?|vende[ns]?|queda[n]?|consigue[n]?)\b.*\?|\b(?:disponib\w+|existencias?|en stock|promocion\w*|oferta|descuento|caracteristicas|especificaciones|tiempo de entrega|how much|price of|in stock|available|quanto custa|preco)\b/;

const LOCATION =
	/\b(?:donde (?:estan|queda\w*|se (?:encuentran|ubican)|es la (?:tienda|oficina|sede)|los (?:encuentro|ubico)|tienen (?:tienda|oficina|sede|local))|(?:cual es|me (?:da\w*|regala\w*|comparte\w*|envia\w*)) (?:la|su) (?:direccion|ubicacion)|(?:su|la) (?:direccion|ubicacion) (?:de (?:ustedes|la (?:tienda|oficina|sede))|por favor)|en que (?:direccion|parte|lado|sector) (?:estan|quedan|se encuentran)|como llego|estan ubicados|tienen (?:tienda|punto|local) fisic[oa]|where are you|your address|onde (?:voces )?(?:ficam|estao))\b|^(?:direccion|ubicacion)\b ?\??$/;

/** Whether a message wants to be told something, as opposed to an answer or a request. */
export const isQuestion = (text: string): boolean => QUESTION.test(lettersOf(text)) || text.includes('¿');

/** Whether it asks what a thing costs, whether there is one, when it comes. "Necesito cotizar 20 portátiles" does not. */
export const asksAboutItem = (text: string): boolean => ABOUT_ITEM.test(lettersOf(text));

/** Whether it asks where the business is. "¿Dónde está mi pedido?" does not. */
export const asksWhere = (text: string): boolean =>
	LOCATION.test(lettersOf(text)) && !/\b(?:pedido|orden|compra|guia|envio|paquete|factura)\b/.test(lettersOf(text));

/** Whether it asks what something costs. */
export const asksPrice = (text: string): boolean =>
	/\b(?:cuanto|precios?|valor|costo|cuesta\w*|vale\w*|cobran|promocion\w*|oferta|descuento|how much|price|quanto|preco)\b/.test(
		lettersOf(text),
	);
